-- Puts a partner in the place of what was read, and tells every edge.
-- KEYS[1] any key of the slot; ARGV[1] name; ARGV[2] the partner as it was read, '' for none; ARGV[3] as it will stand, ''
-- for none: a position in it that is -1 is the one that this change takes on the wire, so that whoever has a cursor
-- learns what was given or taken behind it; ARGV[4] now, in milliseconds.
-- Returns false where another was quicker, else the partner as it stands.
if (redis.call('HGET', '{wire}:partners', ARGV[1]) or '') ~= ARGV[2] then return false end
local text = ARGV[3]
if string.find(text, ':%-1[,}]') then
  position = position + 1
  text = string.gsub(text, ':%-1([,}])', string.format(':%.0f%%1', position))
  redis.call('SET', '{wire}:act', position)
end
if text == '' then
  redis.call('HDEL', '{wire}:partners', ARGV[1])
else
  redis.call('HSET', '{wire}:partners', ARGV[1], text)
end
-- One message: by one that names no feed, whoever waits would be moved behind what the next one tells of.
stirred['*'] = true
keep_position(ARGV[4])
if position == found then wake('*') end
redis.call('PUBLISH', 'feedwire:partners', redis.call('INCR', '{wire}:partners:revision'))
return text
