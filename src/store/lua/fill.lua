-- Puts articles into feeds that are being filled anew, or takes them out.
-- KEYS[1] any key of the slot; ARGV[1] revision by which the caller chose; ARGV[2] now, in milliseconds; then for each
-- article: ref, head as it was read, seconds of publication, feeds that it joins, feeds that it leaves, each separated
-- by commas. An article whose head is another by now is passed over: its own commit knew the new rule.
-- Returns 0 when the definitions are no longer those of the caller, else 1.
if redis.call('HGET', '{wire}:definitions', 'revision') ~= ARGV[1] then return 0 end

-- What the new rule finds enters the archive behind all that was there before the rule, in order of publication.
local function place(since, published)
  return string.format('%.17g', since + (published + 31e9) / 300e9)
end

-- Told at a position only where something changes: a feed may have been filled in part before.
local function join(feed, ref, published)
  local since = redis.call('HGET', '{wire}:filling', feed)
  if not since then return end
  if redis.call('ZADD', '{wire}:members:' .. feed, published, ref) == 1 or not redis.call('ZSCORE', '{wire}:changes:' .. feed, ref) then
    tell_feed(feed, ref)
  end
  redis.call('ZADD', '{wire}:entered:' .. feed, 'NX', place(tonumber(since), tonumber(published)), ref)
end

local function leave(feed, ref)
  if redis.call('HEXISTS', '{wire}:filling', feed) == 0 then return end
  if redis.call('ZREM', '{wire}:members:' .. feed, ref) == 1 then tell_feed(feed, ref) end
end

for i = 3, #ARGV, 5 do
  local ref, head, published = ARGV[i], ARGV[i + 1], ARGV[i + 2]
  if redis.call('HGET', '{wire}:heads', ref) == head then
    position = position + 1
    for feed in string.gmatch(ARGV[i + 3], '[^,]+') do join(feed, ref, published) end
    for feed in string.gmatch(ARGV[i + 4], '[^,]+') do leave(feed, ref) end
    -- What was on the wire before it was kept by states.
    if cjson.decode(head).onWire then redis.call('ZADD', '{wire}:changes', 'NX', position, ref) end
  end
end
keep_position(ARGV[2])
return 1
