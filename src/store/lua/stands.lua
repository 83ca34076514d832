-- Does the wire stand where it stood? KEYS[1] any key of the slot; ARGV[1] revision of the caller's definitions; ARGV[2]
-- the newest act that it knows ('': none concern it); ARGV[3] position; ARGV[4] name of its incarnation; ARGV[5] the
-- newest takedown or ''. Returns 1 if all of these are the newest, else 0.
if (redis.call('HGET', '{wire}:definitions', 'revision') or '') ~= ARGV[1] then return 0 end
if ARGV[2] ~= '' and (redis.call('GET', '{wire}:act') or '0') ~= ARGV[2] then return 0 end
if (redis.call('GET', '{wire}:position') or '0') ~= ARGV[3] then return 0 end
local incarnation = string.match(redis.call('LINDEX', '{wire}:incarnations', -1) or '', '^%S+') or ''
local takedown = redis.call('HGET', '{wire}:takedowns', 'newest') or ''
return incarnation == ARGV[4] and takedown == ARGV[5] and 1 or 0
