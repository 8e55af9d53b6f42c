#compdef imaas
# Completion of imaas for zsh. Load it with: source <(imaas completion zsh)
_imaas() {
  local -a found
  found=("${(@f)$("${words[1]}" complete-words -- "${(@)words[2,CURRENT]}" 2>/dev/null)}")
  case "${found[1]}" in
    :files|:dirs)
      compset -P '-*='
      if [[ "${found[1]}" == :files ]]; then _files; else _files -/; fi ;;
    ?*) compadd -V imaas -- "${found[@]}" ;;
  esac
}
compdef _imaas imaas
