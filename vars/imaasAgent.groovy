/** A place with the sources checked out: an agent with the wished label, else a pod, else any agent. */
def call(Map wishes = [:], Closure body) {
    if (wishes.label || !wishes.pod) {
        node(wishes.label ?: '') { work(body) }
        return
    }
    boolean begun = false
    try {
        podTemplate(yaml: yaml(wishes), namespace: wishes.namespace ?: null, inheritFrom: 'imaas',
                agentContainer: 'maven', agentInjection: true, showRawYaml: false) {
            begun = true
            node(POD_LABEL) { work(body) }
        }
    } catch (Throwable e) {
        boolean absent = e instanceof NoSuchMethodError || e.message == 'No Kubernetes cloud was found.'
        if (begun || !absent) { throw e }
        echo('This Jenkins has no Kubernetes to build in: any agent will do.')
        node('') { work(body) }
    }
}

String yaml(Map wishes) {
    Map images = [maven: 'maven:3.9-eclipse-temurin-21'] + (wishes.images ?: [:])
    String claim = wishes.mavenCache
    if (wishes.pod == 'mi-build-and-test' && !images.mi) {
        error("The pod ${wishes.pod} needs an image for unit tests: 'Pods of builds' on Jenkins' system page names it.")
    }
    return libraryResource("pods/${wishes.pod}.yaml").replace('${maven}', images.maven).replace('${mi}', images.mi ?: '')
        .replace('${mavenCache}', claim ? "persistentVolumeClaim: {claimName: ${claim}}" : 'emptyDir: {sizeLimit: 4Gi}')
}

/** What the steps leave is kept also when one failed, except for the CARs: they are in the image. */
void work(Closure body) {
    stage('Checkout') { checkout(scm) }
    try {
        body()
    } finally {
        archiveArtifacts(artifacts: '**/target/imaas/**', excludes: '**/*.car', allowEmptyArchive: true)
    }
}
