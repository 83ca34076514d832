-- Declares feeds filled, when all that entered them meanwhile stands in their archive. KEYS[1] any key of the slot;
-- ARGV[1] revision by which they were filled; ARGV[2..] feed, seconds of the newest change among its members.
-- Returns 0 when the definitions are no longer those of the caller, 2 when it would have held the store for too long and
-- is to be called again, else 1.
if redis.call('HGET', '{wire}:definitions', 'revision') ~= ARGV[1] then return 0 end
local enough = 1000
for i = 2, #ARGV, 2 do
  local feed, changed = ARGV[i], tonumber(ARGV[i + 1])
  local entering = '{wire}:feed:' .. feed .. ':entering'
  local refs = redis.call('ZRANGE', entering, 0, enough - 1)
  if #refs > 0 then
    redis.call('RPUSH', '{wire}:feed:' .. feed .. ':entered', unpack(refs))
    redis.call('ZREMRANGEBYRANK', entering, 0, #refs - 1)
    enough = enough - #refs
  end
  if enough <= 0 then return 2 end
  redis.call('HDEL', '{wire}:filling', feed)
  if changed > tonumber(redis.call('HGET', '{wire}:changed', feed) or '-1') then
    redis.call('HSET', '{wire}:changed', feed, changed)
  end
  redis.call('HSET', '{wire}:touched', feed, redis.call('GET', '{wire}:position') or 0)
end
return 1
