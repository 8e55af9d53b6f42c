package io.imaas.catalog;

import io.imaas.model.tenancy.Adopted;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Quota;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.Tenant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** A tenant that is proposed, as its file; what the platform's defaults say is left to them. */
public final class TenantText {
    private static final DumpSettings SETTINGS = DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setWidth(Integer.MAX_VALUE)
            .setSplitLines(false)
            .build();

    private TenantText() {}

    /** {@code tenants/<tenant>.yaml}: names, environments, quota, services and what of them ran before. */
    public static String of(Tenant tenant) {
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("tenant", tenant.name().value());
        file.put("owners", tenant.owners());
        file.put("contact", tenant.contact());
        file.put("gitops", tenant.gitops().value());
        file.put("delivery", tenant.delivery().name().toLowerCase(java.util.Locale.ROOT));
        file.put(
                "environments",
                tenant.environments().stream().map(TenantText::environment).toList());
        Quota quota = tenant.quota();
        Map<String, Object> limits = new LinkedHashMap<>();
        limits.put("cpu", quota.cpu());
        limits.put("memory", quota.memory());
        limits.put("pods", quota.pods());
        file.put("quota", limits);
        List<EnvironmentName> path =
                tenant.environments().stream().map(Environment::name).toList();
        file.put(
                "services",
                tenant.services().stream()
                        .map(service -> service(service, path))
                        .toList());
        return new Dump(SETTINGS).dumpToString(file);
    }

    private static Map<String, Object> environment(Environment environment) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", environment.name().value());
        if (environment.adopted()) {
            map.put("adopt", true);
        }
        return map;
    }

    private static Map<String, Object> service(Service service, List<EnvironmentName> path) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", service.name().value());
        map.put("repository", service.repository().value());
        map.put("type", service.type().word());
        if (!service.environments().equals(path)) {
            map.put(
                    "environments",
                    service.environments().stream().map(EnvironmentName::value).toList());
        }
        if (!service.adopted().isEmpty()) {
            map.put("adopt", service.adopted().stream().map(TenantText::adopted).toList());
        }
        return map;
    }

    private static Map<String, Object> adopted(Adopted adopted) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("environment", adopted.environment().value());
        map.put("application", adopted.application());
        map.put("image", adopted.image());
        map.put("release", adopted.release().toString());
        return map;
    }
}
