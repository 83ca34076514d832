-- KEYS[1] any key of the slot; ARGV[1] feed; ARGV[2..] refs. Returns for each 1 if the feed holds it now, else 0.
local refs = {}
for i = 2, #ARGV do refs[#refs + 1] = ARGV[i] end
return held_by(ARGV[1], refs)
