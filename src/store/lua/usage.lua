-- Adds to what somebody has used of what they may ask within a window, which comes back evenly (a leaking bucket).
-- KEYS[1] a string `USED MICROSECONDS`; ARGV[1] how much is added; ARGV[2] how much may be used in a window; ARGV[3]
-- seconds of that. Returns what is used by now, as text.
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
local used, at = string.match(redis.call('GET', KEYS[1]) or '', '^(%S+) (%S+)$')
local window = tonumber(ARGV[3])
local back = at and math.max(0, now - tonumber(at)) / 1000000 / window * tonumber(ARGV[2]) or 0
local left = math.max(0, math.max(0, tonumber(used or '0') - back) + tonumber(ARGV[1]))
redis.call('SET', KEYS[1], string.format('%.3f %.0f', left, now), 'EX', 2 * window)
return string.format('%.3f', left)
