-- Adds lines to the audit, once each. KEYS[1] the hash journal -> how far it is told; ARGV[1] journal; ARGV[2] number of
-- its last line here; ARGV[3] a day; ARGV[4] what is added to its list; ARGV[5] seconds after which that goes;
-- then hash, field, value, and seconds after which the hash goes, of what the lines refer to.
if tonumber(redis.call('HGET', KEYS[1], ARGV[1]) or '0') >= tonumber(ARGV[2]) then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
local list = '{audit}:given:' .. ARGV[3]
redis.call('SADD', '{audit}:days', ARGV[3])
redis.call('RPUSH', list, ARGV[4])
redis.call('EXPIRE', list, ARGV[5])
for i = 6, #ARGV, 4 do
  redis.call('HSETNX', ARGV[i], ARGV[i + 1], ARGV[i + 2])
  redis.call('EXPIRE', ARGV[i], ARGV[i + 3])
end
return 1
