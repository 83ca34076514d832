-- Puts the editions of a feed in place of those that the caller knows.
-- KEYS[1] the feed's editions; ARGV[1] feed; ARGV[2] stamp of the editions that they follow, '' for none;
-- ARGV[3..5] their epoch, revision, position; ARGV[6] the channel to tell when bytes changed;
-- ARGV[7..10] fields that always change; ARGV[11..] fields and values of the editions that did.
-- Returns 1 when they were put in place, 0 when others stand than those that they follow.
local epoch, revision, position = unpack(redis.call('HMGET', KEYS[1], 'epoch', 'revision', 'position'))
local stamp = epoch and (epoch .. ':' .. revision .. ':' .. position) or ''
if stamp ~= ARGV[2] then return 0 end
if epoch ~= ARGV[3] then redis.call('DEL', KEYS[1]) end
redis.call('HSET', KEYS[1], 'epoch', ARGV[3], 'revision', ARGV[4], 'position', ARGV[5], unpack(ARGV, 7))
if #ARGV > 10 then redis.call('PUBLISH', ARGV[6], ARGV[1]) end
return 1
