-- Puts the editions of a feed in place of those that the caller knows.
-- KEYS[1] the feed's editions; KEYS[2] the editions that are remembered; ARGV[1] feed; ARGV[2] stamp of the editions
-- that they follow, '' for none; ARGV[3..5] their epoch, revision, position; ARGV[6] the channel to tell when bytes
-- changed; ARGV[7] moment before which editions are forgotten; ARGV[8] N; N arguments to remember: moment, edition, ...;
-- then four fields and values that always change; then fields and values of the editions that did.
-- Returns 1 when they were put in place, 0 when others stand than those that they follow.
local epoch, revision, position = unpack(redis.call('HMGET', KEYS[1], 'epoch', 'revision', 'position'))
local stamp = epoch and (epoch .. ':' .. revision .. ':' .. position) or ''
if stamp ~= ARGV[2] then return 0 end
if epoch ~= ARGV[3] then redis.call('DEL', KEYS[1], KEYS[2]) end
local last = 8 + tonumber(ARGV[8])
if last > 8 then
  redis.call('ZADD', KEYS[2], unpack(ARGV, 9, last))
  redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', '(' .. ARGV[7])
end
redis.call('HSET', KEYS[1], 'epoch', ARGV[3], 'revision', ARGV[4], 'position', ARGV[5], unpack(ARGV, last + 1))
if last > 8 then
  -- What is rendered by force, or has its text again, is of the same position.
  redis.call('HINCRBY', KEYS[1], 'replaced', 1)
  redis.call('PUBLISH', ARGV[6], ARGV[1])
end
return 1
