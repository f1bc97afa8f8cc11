package dev.pgai.contract.quarkus;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;

/** The application as it runs: Flyway migrates when it starts. */
public class Migrated implements QuarkusTestProfile {

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(OwnedDatabase.class));
    }
}
