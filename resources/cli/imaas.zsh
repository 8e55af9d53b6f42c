#compdef imaas
# Completion of imaas for zsh. Load it with: source <(imaas completion zsh)
_imaas() {
  local -a found
  found=("${(@f)$(imaas complete-words -- "${(@)words[2,CURRENT]}" 2>/dev/null)}")
  if [[ -n "${found[1]}" ]]; then
    compadd -- "${found[@]}"
  else
    _files
  fi
}
compdef _imaas imaas
