// Makes the one job that nobody else makes: the platform repository's own. Onboarding makes all others.
import io.imaas.jenkins.config.ImaasConfiguration
import jenkins.branch.BranchSource
import jenkins.model.Jenkins
import jenkins.plugins.git.GitSCMSource
import jenkins.plugins.git.traits.BranchDiscoveryTrait
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject

if (Jenkins.get().getItem('platform') == null) {
    def source = new GitSCMSource(System.getenv('IMAAS_PLATFORM_REPOSITORY') ?: ImaasConfiguration.get().platformRepository)
    source.id = 'platform'
    source.traits = [new BranchDiscoveryTrait()]
    def job = Jenkins.get().createProject(WorkflowMultiBranchProject, 'platform')
    job.sourcesList = [new BranchSource(source)]
    job.scheduleBuild2(0)
}
