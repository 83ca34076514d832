-- Notes who was given which article. KEYS[1] a hash ref -> holders; ARGV: for each article its ref, how many are noted,
-- then for each its number and the version. A holder takes five bytes, in the order of the numbers: two of the number,
-- three of the highest version that was given.
local at = 1
while at <= #ARGV do
  local ref, count = ARGV[at], tonumber(ARGV[at + 1])
  local text = redis.call('HGET', KEYS[1], ref) or ''
  local versions, numbers = {}, {}
  for i = 1, #text, 5 do
    local number, version = struct.unpack('>I2I3', text, i)
    versions[number] = version
    numbers[#numbers + 1] = number
  end
  local changed = false
  for i = at + 2, at + 2 * count, 2 do
    local number, version = tonumber(ARGV[i]), math.min(tonumber(ARGV[i + 1]), 16777215)
    if not versions[number] then numbers[#numbers + 1] = number end
    if version > (versions[number] or -1) then
      versions[number] = version
      changed = true
    end
  end
  if changed then
    table.sort(numbers)
    local words = {}
    for i, number in ipairs(numbers) do words[i] = struct.pack('>I2I3', number, versions[number]) end
    redis.call('HSET', KEYS[1], ref, table.concat(words))
  end
  at = at + 2 + 2 * count
end
