-- KEYS[1] any key of the slot; ARGV[1] a sorted set of articles; ARGV[2] N. Returns the score of the N-th from its end; of
-- the first where it is shorter; nothing where it is empty.
local flat = highest(ARGV[1], '-inf', tonumber(ARGV[2]), true)
return flat[#flat]
