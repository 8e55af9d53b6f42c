/** What a tenant's GitOps repository does: review what came onto an environment's branch, and follow its rollouts. */
def call(Map overrides = [:]) {
    imaasPipeline(overrides + [intent: 'review'])
}
