/** What the platform repository does: show a pull request what it would change, apply what was merged. */
def call(Map overrides = [:]) {
    imaasPipeline(overrides + [intent: 'onboard'])
}
