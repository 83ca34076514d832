-- A piece of a feed's members. KEYS[1] any key of the slot; ARGV[1] feed; ARGV[2] name of the piece, -inf for the first.
-- Returns { refs, name of the next piece or nothing }. Whoever walks so sees all that is there all the time, also
-- where a piece is cut meanwhile; one may come twice.
local set = '{wire}:feed:' .. ARGV[1] .. ':members'
local name = piece_of(set, ARGV[2])
return {
  name and redis.call('ZRANGE', set .. ':' .. name, 0, -1) or {},
  redis.call('ZRANGE', set, '(' .. ARGV[2], '+inf', 'BYSCORE', 'LIMIT', 0, 1)[1],
}
