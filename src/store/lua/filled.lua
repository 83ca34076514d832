-- Declares feeds filled. KEYS[1] any key of the slot; ARGV[1] revision by which they were filled; ARGV[2..] feed,
-- seconds of the newest change among its members.
-- Returns 0 when the definitions are no longer those of the caller, else 1.
if redis.call('HGET', '{wire}:definitions', 'revision') ~= ARGV[1] then return 0 end
for i = 2, #ARGV, 2 do
  local feed, changed = ARGV[i], tonumber(ARGV[i + 1])
  redis.call('HDEL', '{wire}:filling', feed)
  if changed > tonumber(redis.call('HGET', '{wire}:changed', feed) or '-1') then
    redis.call('HSET', '{wire}:changed', feed, changed)
  end
  redis.call('HSET', '{wire}:touched', feed, redis.call('GET', '{wire}:position') or 0)
end
return 1
