-- What a feed holds, at one moment. KEYS[1] any key of the slot; ARGV[1] revision of the caller's definitions;
-- ARGV[2] feed; ARGV[3] limit.
-- Returns false when the definitions are not those of the caller, else { 1 if the feed is to be filled first else 0,
-- position of its last change, seconds of its newest change, heads with the newest publication first, how many articles
-- ever entered it, the name of the store }.
if (redis.call('HGET', '{wire}:definitions', 'revision') or '') ~= ARGV[1] then return false end
local feed, limit = ARGV[2], tonumber(ARGV[3])
if redis.call('HEXISTS', '{wire}:filling', feed) == 1 then return { 1 } end
local refs = highest('{wire}:feed:' .. feed .. ':members', '-inf', limit)
local heads = #refs > 0 and redis.call('HMGET', '{wire}:heads', unpack(refs)) or {}
return {
  0,
  redis.call('HGET', '{wire}:touched', feed),
  redis.call('HGET', '{wire}:changed', feed),
  heads,
  redis.call('LLEN', '{wire}:feed:' .. feed .. ':entered'),
  redis.call('GET', '{wire}:epoch') or '',
}
