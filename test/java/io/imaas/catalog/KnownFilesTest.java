package io.imaas.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.tenancy.Catalog;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Reading again says what reading anew would say, whatever changed in between. */
class KnownFilesTest {
    private final KnownFiles known = new KnownFiles();
    private final Map<String, String> files = new TreeMap<>(Crowd.of(20));

    @Test
    void aChangedFileABrokenOneAndOneThatIsGoneAreAsIfReadForTheFirstTime() {
        agrees();
        files.computeIfPresent("tenants/tenant7.yaml", (path, text) -> text.replace("cpu: 8", "cpu: 9"));
        agrees();
        files.put("tenants/tenant3.yaml", "tenant: other\nowners: nobody\n");
        assertThat(agrees()).isInstanceOf(Read.Bad.class);
        files.remove("tenants/tenant3.yaml");
        agrees();
        files.putAll(Crowd.of(20));
        assertThat(agrees()).isInstanceOf(Read.Ok.class);
    }

    @Test
    void otherDefaultsOfThePlatformReachFilesThatDidNotChange() {
        agrees();
        files.computeIfPresent("platform.yaml", (path, text) -> text.replace("replicas: 2", "replicas: 4"));
        agrees();
    }

    private Read<Catalog> agrees() {
        Read<Catalog> again = CatalogReader.read(files, known);
        Read<Catalog> anew = CatalogReader.read(files);
        assertThat(again.problems()).isEqualTo(anew.problems());
        assertThat(again.getClass()).isEqualTo(anew.getClass());
        if (again instanceof Read.Ok<Catalog> ok) {
            assertThat(ok.value()).isEqualTo(((Read.Ok<Catalog>) anew).value());
        }
        return again;
    }
}
