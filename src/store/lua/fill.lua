-- Puts articles into feeds that are being filled anew, or takes them out.
-- KEYS[1] any key of the slot; ARGV[1] revision by which the caller chose; ARGV[2] now, in milliseconds; then for each
-- article: ref, head as it was read, seconds of publication, feeds that it joins, feeds that it leaves, each separated
-- by commas, 1 if it was published on the wire else 0. An article whose head is another by now is passed over: its own
-- commit knew the new rule.
-- Returns 0 when the definitions are no longer those of the caller, else 1.
if redis.call('HGET', '{wire}:definitions', 'revision') ~= ARGV[1] then return 0 end

-- Told at a position only where something changes: a feed may have been filled in part before.
for i = 3, #ARGV, 6 do
  local ref, head, published = ARGV[i], ARGV[i + 1], ARGV[i + 2]
  if redis.call('HGET', '{wire}:heads', ref) == head then
    position = position + 1
    local places = read_places(ref)
    for feed in string.gmatch(ARGV[i + 3], '[^,]+') do
      if is_filling[feed] and not is_member(places, feed) then join(places, feed, published) end
    end
    for feed in string.gmatch(ARGV[i + 4], '[^,]+') do
      if is_filling[feed] then leave(places, feed, published) end
    end
    -- Where this store was written by an earlier version of this program.
    if places.wire == '0' and ARGV[i + 5] == '1' then tell_wire(places) end
    write_places(places)
  end
end
keep_position(ARGV[2])
return 1
