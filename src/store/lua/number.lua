-- The number of a name: the one that it has, or the next. KEYS[1] a hash; ARGV names.
local numbers = {}
for i, name in ipairs(ARGV) do
  numbers[i] = tonumber(redis.call('HGET', KEYS[1], name) or '-1')
  if numbers[i] < 0 then
    numbers[i] = redis.call('HLEN', KEYS[1])
    redis.call('HSET', KEYS[1], name, numbers[i])
  end
end
return numbers
