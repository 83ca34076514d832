-- What has changed since a position, each article once as it is now, at one moment. KEYS[1] any key of the slot;
-- ARGV[1] feed, '' for the whole wire; ARGV[2] position; ARGV[3] how many at the most.
-- Returns { incarnations, newest position, ref, position in the feed, ..., heads, for each head its position on the
-- whole wire, for each head 1 if the feed holds it now }.
local feed = ARGV[1]
local set = feed == '' and '{wire}:told' or '{wire}:feed:' .. feed .. ':told'
local flat = above(set, ARGV[2], tonumber(ARGV[3]))
local refs, anywhere, held = {}, {}, {}
local number = known_number(feed)
for i = 1, #flat, 2 do
  local text = places_text(flat[i])
  refs[#refs + 1] = flat[i]
  anywhere[#refs] = string.match(text, '^%d+')
  held[#refs] = (feed == '' or holds(text, number)) and 1 or 0
end
local heads = #refs > 0 and redis.call('HMGET', '{wire}:heads', unpack(refs)) or {}
return {
  redis.call('LRANGE', '{wire}:incarnations', 0, -1),
  redis.call('GET', '{wire}:position') or '0',
  flat,
  heads,
  anywhere,
  held,
}
