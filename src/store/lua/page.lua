-- A page of a feed's archive, at one moment. KEYS[1] any key of the slot; ARGV[1] revision of the caller's definitions;
-- ARGV[2] feed; ARGV[3], ARGV[4] first and last rank of the page, from 0.
-- Returns false when the definitions are not those of the caller, else { 1 if the feed is to be filled first else 0,
-- how many articles ever entered it, heads in the order in which they did, for each head 1 if the feed holds it now }.
if (redis.call('HGET', '{wire}:definitions', 'revision') or '') ~= ARGV[1] then return false end
local feed = ARGV[2]
if redis.call('HEXISTS', '{wire}:filling', feed) == 1 then return { 1, 0, {}, {} } end
local list = '{wire}:feed:' .. feed .. ':entered'
local entered = redis.call('LLEN', list)
local refs = redis.call('LRANGE', list, ARGV[3], ARGV[4])
if #refs == 0 then return { 0, entered, {}, {} } end
return { 0, entered, redis.call('HMGET', '{wire}:heads', unpack(refs)), held_by(feed, refs) }
