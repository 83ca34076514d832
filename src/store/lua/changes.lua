-- What has changed since a position, each article once as it is now, at one moment. KEYS[1] any key of the slot;
-- ARGV[1] feed, '' for the whole wire; ARGV[2] position; ARGV[3] how many at the most.
-- Returns { incarnations, newest position, ref, position in the feed, ..., heads, for each head its position on the
-- whole wire, for each head 1 if the feed holds it now }.
local feed = ARGV[1]
local set = feed == '' and '{wire}:changes' or '{wire}:changes:' .. feed
local flat = redis.call('ZRANGE', set, '(' .. ARGV[2], '+inf', 'BYSCORE', 'LIMIT', 0, ARGV[3], 'WITHSCORES')
local refs = {}
for i = 1, #flat, 2 do refs[#refs + 1] = flat[i] end
local heads, anywhere, held = {}, {}, {}
if #refs > 0 then
  heads = redis.call('HMGET', '{wire}:heads', unpack(refs))
  anywhere = redis.call('ZMSCORE', '{wire}:changes', unpack(refs))
  for i, score in ipairs(feed == '' and anywhere or redis.call('ZMSCORE', '{wire}:members:' .. feed, unpack(refs))) do
    held[i] = score and 1 or 0
  end
end
return {
  redis.call('LRANGE', '{wire}:incarnations', 0, -1),
  redis.call('GET', '{wire}:position') or '0',
  flat,
  heads,
  anywhere,
  held,
}
