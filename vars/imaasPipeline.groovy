/** What a service's repository does: the plan decides it, this shows it. */
def call(Map overrides = [:]) {
    Map plan = imaasPlan(overrides)
    currentBuild.description = plan.summary
    if (plan.intent == 'nothing' && !plan.blocked) {
        echo("Nothing to do: ${plan.summary}")
    }
    imaasStages(plan, overrides)
}
