-- What feeds hold now, of the articles in some hashes of places. KEYS[1] any key of the slot; ARGV[1] revision of the
-- caller's definitions; ARGV[2] how many feeds; the feeds; then beginnings of keys (lua/places.lua, `places_key`).
-- Returns false when the definitions are others, else a list for each beginning, as many as fit into one run: ref and
-- version, ..., of the articles that may be shown.
if (redis.call('HGET', '{wire}:definitions', 'revision') or '') ~= ARGV[1] then return false end
local count = tonumber(ARGV[2])
local has = {}
for i = 3, 2 + count do
  local number = known_number(ARGV[i])
  if number then has[number] = true end
end

local function is_held(text)
  for left, number in each_place(text) do
    if left == '' and has[number] then return true end
  end
  return false
end

local function add_shown(held, refs)
  if #refs == 0 then return end
  local heads = redis.call('HMGET', '{wire}:heads', unpack(refs))
  for i, ref in ipairs(refs) do
    local head = heads[i]
    local version, status = string.match(head or '', '^%["[^"]*",(%d+),(%d)')
    if head and not version then
      local kept = cjson.decode(head)
      version, status = string.format('%.0f', kept.version), kept.pubStatus == 'usable' and '0'
    end
    if status == '0' then
      held[#held + 1] = ref
      held[#held + 1] = version
    end
  end
end

-- Read by one script: a few milliseconds.
local all, left = {}, 1000
for i = 3 + count, #ARGV do
  if left <= 0 then break end
  local flat, held, refs = redis.call('HGETALL', '{wire}:places:' .. ARGV[i]), {}, {}
  left = left - 1 - #flat / 2
  for j = 1, #flat, 2 do
    if is_held(flat[j + 1]) then refs[#refs + 1] = flat[j] end
    if #refs == 500 then
      add_shown(held, refs)
      refs = {}
    end
  end
  add_shown(held, refs)
  all[#all + 1] = held
end
return all
