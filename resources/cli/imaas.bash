# Completion of imaas for bash. Load it with: source <(imaas completion bash)
_imaas() {
  local IFS=$'\n'
  COMPREPLY=($(imaas complete-words -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
}
complete -o default -F _imaas imaas ./imaas
