-- Puts articles into and out of the members of feeds that are being filled anew.
-- KEYS[1] any key of the slot; ARGV[1] revision by which the caller chose; then for each article: ref, head as it
-- was read, seconds of publication, feeds that want it and are being filled, separated by commas.
-- An article whose head is another by now is passed over: its own commit knew the new rule.
-- Returns 0 when the definitions are no longer those of the caller, else 1.
if redis.call('HGET', '{wire}:definitions', 'revision') ~= ARGV[1] then return 0 end
local filling = redis.call('HGETALL', '{wire}:filling')

-- What the new rule finds enters the archive behind all that was there before the rule, in order of publication.
local function place(since, published)
  return string.format('%.17g', since + (published + 31e9) / 300e9)
end

for i = 2, #ARGV, 4 do
  local ref, head, published, wanted = ARGV[i], ARGV[i + 1], ARGV[i + 2], ',' .. ARGV[i + 3] .. ','
  if redis.call('HGET', '{wire}:heads', ref) == head then
    for f = 1, #filling, 2 do
      local feed, since = filling[f], tonumber(filling[f + 1])
      if string.find(wanted, ',' .. feed .. ',', 1, true) then
        redis.call('ZADD', '{wire}:members:' .. feed, published, ref)
        redis.call('ZADD', '{wire}:entered:' .. feed, 'NX', place(since, tonumber(published)), ref)
      else
        redis.call('ZREM', '{wire}:members:' .. feed, ref)
      end
    end
  end
end
return 1
