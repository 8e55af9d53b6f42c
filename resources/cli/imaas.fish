# Completion of imaas for fish. Load it with: imaas completion fish | source
function __imaas_complete
    set -l before (commandline -opc)
    set -l program $before[1]
    set -e before[1]
    set -l word (commandline -ct)
    set -l found ($program complete-words -- $before "$word" 2>/dev/null)
    switch "$found[1]"
        case :files
            __fish_complete_path "$word"
        case :dirs
            __fish_complete_directories "$word"
        case '*'
            printf '%s\n' $found
    end
end
complete -c imaas -f -k -a '(__imaas_complete)'
