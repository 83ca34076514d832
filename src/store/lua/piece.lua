-- A part of a piece of a feed's members. KEYS[1] any key of the slot; ARGV[1] feed; ARGV[2] name of the piece, -inf for
-- the first; ARGV[3] cursor within it, 0 at first (ZSCAN).
-- Returns { refs, cursor for the rest of it, name of the next piece or nothing }. Whoever walks so sees all that is there
-- all the time, also where a piece is cut meanwhile, since entries only go to later ones; one may come twice.
local set = '{wire}:feed:' .. ARGV[1] .. ':members'
local name = piece_of(set, ARGV[2])
local scanned = name and redis.call('ZSCAN', set .. ':' .. name, ARGV[3], 'COUNT', 500) or { '0', {} }
local refs = {}
for i = 1, #scanned[2], 2 do refs[#refs + 1] = scanned[2][i] end
return { refs, scanned[1], redis.call('ZRANGE', set, '(' .. ARGV[2], '+inf', 'BYSCORE', 'LIMIT', 0, 1)[1] }
