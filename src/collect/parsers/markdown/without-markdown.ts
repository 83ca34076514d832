/** Links, code and strong words, where nothing else can be meant: `2*3*4`, `snake_case_name` and `f(**a)` stay. */
export function withoutMarkdown(text: string): string {
  return text
    .replace(/!?\[([^[\]]{1,300})\]\((?:https?:\/\/|\/|#)[^()\s]{0,500}\)/g, '$1')
    .replace(/(`{1,2})([^`]{1,200})\1/g, '$2')
    .replace(/(?<![\w*])\*\*(?=\S)([^*]{1,300})(?<=\S)\*\*(?![\w*])/g, '$1')
    .replace(/(?<![\w*])\*(?=\S)([^*]{1,300})(?<=\S)\*(?![\w*])/g, '$1')
    .replace(/(?<![\w_])__?(?=\S)([^_]{1,300})(?<=\S)__?(?![\w_])/g, '$1')
    .replace(/ ?\{#[\w-]{1,100}\}$/, '')
}
