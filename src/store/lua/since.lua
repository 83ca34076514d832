-- What a feed holds and was published since a moment. KEYS[1] any key of the slot; ARGV[1] feed; ARGV[2] seconds since
-- 1970; ARGV[3] how many at the most. Returns refs, each with its seconds of publication, newest first.
return highest('{wire}:feed:' .. ARGV[1] .. ':members', ARGV[2], tonumber(ARGV[3]), true)
