-- For each article 1 if a feed ever held it, else 0. KEYS[1] any key of the slot; ARGV[1] feed; ARGV[2..] refs.
local number, answers = known_number(ARGV[1]), {}
for i = 2, #ARGV do
  local text = places_text(ARGV[i]) .. ' '
  answers[#answers + 1] = number and string.find(text, '[ -]' .. number .. '[+: ]') and 1 or 0
end
return answers
