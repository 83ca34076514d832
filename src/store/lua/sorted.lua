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

-- The upper half of a full piece becomes a piece of its own, where two scores differ near the middle.
local function cut(set, piece)
  local all = redis.call('ZRANGE', piece, 0, -1, 'WITHSCORES')
  local middle = #all / 4 - #all / 4 % 1
  local at
  for i = 1, middle do
    local below, above = 2 * (middle - i + 1), 2 * (middle + i)
    if all[below] ~= all[below + 2] then at = below + 1 break end
    if all[above + 2] and all[above] ~= all[above + 2] then at = above + 1 break end
  end
  if not at then return end
  local name = begin_piece(set, all[at + 1])
  for i = at, #all, 2 do redis.call('ZADD', set .. ':' .. name, all[i + 1], all[i]) end
  redis.call('ZREMRANGEBYSCORE', piece, name, '+inf')
end

-- A place for a score in a full piece: what comes in order leaves full pieces behind.
local function make_room(set, name, score, count)
  local piece = set .. ':' .. name
  local last = redis.call('ZRANGE', piece, -1, -1, 'WITHSCORES')
  if tonumber(score) > tonumber(last[2]) then return begin_piece(set, name_of(score)) end
  -- Where very many have one score it is not tried each time.
  if count % full == 0 then cut(set, piece) end
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

