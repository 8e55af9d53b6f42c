/** What a tenant's GitOps repository does: judge what came onto an environment's branch, and follow its rollouts. */
def call(Map overrides = [:]) {
    imaasPipeline(overrides + [intent: 'judge'])
}
