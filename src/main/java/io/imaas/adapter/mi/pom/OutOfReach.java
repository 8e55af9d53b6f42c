package io.imaas.adapter.mi.pom;

import java.util.Set;
import org.apache.maven.model.Dependency;
import org.apache.maven.model.Parent;
import org.apache.maven.model.Repository;
import org.apache.maven.model.building.ModelSource;
import org.apache.maven.model.building.StringModelSource;
import org.apache.maven.model.resolution.ModelResolver;

/** Stands in for every pom that is not on this disk with an empty one, and notes that it did. */
@SuppressWarnings("deprecation") // the resolver's own interface still speaks of the old types
record OutOfReach(Set<String> unsure) implements ModelResolver {
    @Override
    public ModelSource resolveModel(String groupId, String artifactId, String version) {
        return empty("imported pom", groupId, artifactId, version);
    }

    @Override
    public ModelSource resolveModel(Parent parent) {
        return empty("parent", parent.getGroupId(), parent.getArtifactId(), parent.getVersion());
    }

    @Override
    public ModelSource resolveModel(Dependency imported) {
        return empty("imported pom", imported.getGroupId(), imported.getArtifactId(), imported.getVersion());
    }

    private ModelSource empty(String what, String groupId, String artifactId, String version) {
        String name = groupId + ":" + artifactId + ":" + version;
        unsure.add("its " + what + " " + name + " is not in this repository");
        return new StringModelSource(
                "<project><modelVersion>4.0.0</modelVersion><groupId>" + groupId + "</groupId><artifactId>" + artifactId
                        + "</artifactId><version>" + version + "</version><packaging>pom</packaging></project>",
                name);
    }

    @Override
    public void addRepository(Repository repository) {
        // Nothing is fetched.
    }

    @Override
    public void addRepository(Repository repository, boolean replace) {
        // Nothing is fetched.
    }

    @Override
    public ModelResolver newCopy() {
        return this;
    }
}
