# Completion of imaas for bash. Load it with: source <(imaas completion bash)
_imaas() {
  local IFS=$'\n' word="${COMP_WORDS[COMP_CWORD]#=}"
  COMPREPLY=($("${COMP_WORDS[0]}" complete-words -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
  case "${COMPREPLY[0]}" in
    :files) compopt -o filenames; COMPREPLY=($(compgen -f -- "$word")) ;;
    :dirs) compopt -o filenames; COMPREPLY=($(compgen -d -- "$word")) ;;
  esac
}
complete -F _imaas imaas ./imaas
