-- Put in front of scripts that use sorted sets of articles. Redis keeps a sorted set of up to 128 entries in a few bytes
-- for each (zset-max-listpack-entries), and spends 125 on each entry of a larger one. So each is cut: the set itself
-- names its pieces by their lowest score, the lowest of all by -inf, and `SET:SCORE` is a piece. Entries of one score lie
-- in one piece.
local full = 128

local function name_of(score) return string.format('%.17g', tonumber(score)) end

-- The name of the piece in which a score lies; nothing where the set has none so low.
local function piece_of(set, score)
  return redis.call('ZRANGE', set, score, '-inf', 'BYSCORE', 'REV', 'LIMIT', 0, 1)[1]
end

local function begin_piece(set, name)
  redis.call('ZADD', set, name, name)
  return name
end

-- Moves what lies from one rank to another into another piece.
local function move(set, piece, from, to, name)
  local moved = redis.call('ZRANGE', piece, from, to, 'WITHSCORES')
  for i = 1, #moved, 2 do redis.call('ZADD', set .. ':' .. name, moved[i + 1], moved[i]) end
  redis.call('ZREMRANGEBYRANK', piece, from, to)
end

-- What lies above a score near the middle becomes a piece of its own. Costs what the smaller part holds: where very many
-- have one score (an archive that was dated when it was first seen), they are never read.
local function cut(set, name, count)
  local piece = set .. ':' .. name
  local half = count / 2 - count / 2 % 1
  local middle = redis.call('ZRANGE', piece, half, half, 'WITHSCORES')[2]
  local below = redis.call('ZCOUNT', piece, '-inf', '(' .. middle)
  local upTo = redis.call('ZCOUNT', piece, '-inf', middle)
  local at = (below > 0 and (upTo == count or half - below <= upTo - half)) and below or upTo
  if at == 0 or at == count then return end
  local lowest = redis.call('ZRANGE', piece, at, at, 'WITHSCORES')[2]
  local upper = begin_piece(set, name_of(lowest))
  if count - at <= at then return move(set, piece, at, -1, upper) end
  redis.call('RENAME', piece, set .. ':' .. upper)
  move(set, set .. ':' .. upper, 0, at - 1, name)
end

-- The piece above a full one for a score that lies between them: what comes in order leaves full pieces behind, and what
-- comes from above fills those that are there, under a lower name.
local function next_piece(set, name, score)
  local lowest = name_of(score)
  local after = redis.call('ZRANGE', set, '(' .. name, '+inf', 'BYSCORE', 'LIMIT', 0, 1)[1]
  if after and redis.call('ZCARD', set .. ':' .. after) < full then
    redis.call('RENAME', set .. ':' .. after, set .. ':' .. lowest)
    redis.call('ZREM', set, after)
  end
  return begin_piece(set, lowest)
end

-- A place for a score in a full piece.
local function make_room(set, name, score, count)
  local last = redis.call('ZRANGE', set .. ':' .. name, -1, -1, 'WITHSCORES')
  if tonumber(score) > tonumber(last[2]) then return next_piece(set, name, score) end
  cut(set, name, count)
  return piece_of(set, score)
end

-- Puts in what the set does not have.
local function put(set, score, member)
  local name = piece_of(set, score) or begin_piece(set, '-inf')
  local count = redis.call('ZCARD', set .. ':' .. name)
  if count >= full then name = make_room(set, name, score, count) end
  redis.call('ZADD', set .. ':' .. name, score, member)
end

-- Takes out what the set has at this score.
local function take(set, score, member)
  local name = piece_of(set, score)
  if not name then return end
  local piece = set .. ':' .. name
  redis.call('ZREM', piece, member)
  if redis.call('EXISTS', piece) == 0 then redis.call('ZREM', set, name) end
end

-- Members, or with `scored` each followed by its score, from the highest score down to `least`: `limit` at the most.
local function highest(set, least, limit, scored)
  local found, width, at = {}, scored and 2 or 1, -1
  while #found < limit * width do
    local name = redis.call('ZRANGE', set, at, at)[1]
    if not name then break end
    local rest = limit - #found / width
    local piece = set .. ':' .. name
    local entries = redis.call('ZRANGE', piece, '+inf', least, 'BYSCORE', 'REV', 'LIMIT', 0, rest, 'WITHSCORES')
    if #entries == 0 then break end
    for i = 1, #entries, 3 - width do found[#found + 1] = entries[i] end
    at = at - 1
  end
  return found
end

-- Members, each followed by its score, from above a score upwards: `limit` at the most.
local function above(set, score, limit)
  local found = {}
  -- A piece has one entry at least, but for the first in which the score lies.
  local names = redis.call('ZRANGE', set, piece_of(set, score) or '-inf', '+inf', 'BYSCORE', 'LIMIT', 0, limit + 1)
  for _, name in ipairs(names) do
    local rest = limit - #found / 2
    if rest <= 0 then break end
    local entries = redis.call('ZRANGE', set .. ':' .. name, '(' .. score, '+inf', 'BYSCORE', 'LIMIT', 0, rest, 'WITHSCORES')
    for _, entry in ipairs(entries) do found[#found + 1] = entry end
  end
  return found
end

