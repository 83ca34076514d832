-- What has left a feed last, newest first. KEYS[1] any key of the slot; ARGV[1] feed; ARGV[2] how many at the most;
-- ARGV[3] how many changes of the feed are looked through. Returns { heads, positions in the feed }.
local feed, most = ARGV[1], tonumber(ARGV[2])
local flat = highest('{wire}:feed:' .. feed .. ':told', '-inf', tonumber(ARGV[3]), true)
local refs, positions, number = {}, {}, known_number(feed)
for i = 1, #flat, 2 do
  if #refs == most then break end
  if not holds(places_text(flat[i]), number) then
    refs[#refs + 1] = flat[i]
    positions[#positions + 1] = flat[i + 1]
  end
end
return { #refs > 0 and redis.call('HMGET', '{wire}:heads', unpack(refs)) or {}, positions }
