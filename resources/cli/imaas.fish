# Completion of imaas for fish. Load it with: imaas completion fish | source
complete -c imaas -a '(imaas complete-words -- (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null)'
