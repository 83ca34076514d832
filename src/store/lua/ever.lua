-- For each article 1 if one of these feeds ever held it, else 0. KEYS[1] any key of the slot; ARGV[1] how many feeds, then
-- these, then refs.
local count, answers = tonumber(ARGV[1]), {}
for i = 2 + count, #ARGV do
  local text, ever = places_text(ARGV[i]) .. ' ', 0
  for f = 2, 1 + count do
    local number = known_number(ARGV[f])
    if number and string.find(text, '[ -]' .. number .. '[+: ]') then ever = 1 end
  end
  answers[#answers + 1] = ever
end
return answers
