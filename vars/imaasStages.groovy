/** A stage for every group of the plan; what tells people how it went is told also after a failure. */
def call(Map plan, Map overrides = [:]) {
    if (plan.blocked) { stage('Gates') { imaasGates(id: plan.id) } }
    Map wishes = plan + [label: overrides.label, pod: overrides.pod ?: plan.pod]
    try { work(plan.blocked ? [] : plan.stages, wishes) } finally { show(plan.last ?: []) }
}

/** Neighbours that need the sources share one agent. */
void work(List stages, Map wishes) {
    int next = 0
    while (next < stages.size()) {
        List neighbours = []
        boolean sources = false
        while (next < stages.size() && (stages[next].skip || stages[next].where == 'agent')) {
            sources = sources || !stages[next].skip
            neighbours << stages[next++]
        }
        if (sources) { imaasAgent(wishes) { show(neighbours) } } else { show(neighbours ?: [stages[next++]]) }
    }
}

void show(List stages) {
    for (int i = 0; i < stages.size(); i++) {
        List steps = stages[i].steps
        stage(stages[i].title) { steps.size() == 1 ? execute(steps[0]) : sideBySide(steps) }
    }
}

/** Without failFast: every step runs to its end, so that one run tells all that is wrong. */
void sideBySide(List steps) {
    Map branches = [:]
    for (int i = 0; i < steps.size(); i++) {
        Map planned = steps[i]
        String name = planned.title
        branches[branches.containsKey(name) ? name + ' ' + planned.id : name] = { execute(planned) }
    }
    parallel(branches)
}

def execute(Map planned) { "${planned.run}"(id: planned.id) }
