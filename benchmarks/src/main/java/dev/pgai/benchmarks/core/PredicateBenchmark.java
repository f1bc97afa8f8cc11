package dev.pgai.benchmarks.core;

import dev.pgai.managed.ManagedObject;
import dev.pgai.managed.ManagedObject.Kind;
import dev.pgai.managed.ManagedObject.Reason;
import dev.pgai.managed.ManagedObjects;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Whether an object is pgai's: of pgai's own and of others, one after the other. */
@State(Scope.Thread)
public class PredicateBenchmark {

    private static final int ASKED = 1024;

    /** How many objects there are. */
    @Param({"10", "100", "1000", "10000", "100000"})
    public int objects;

    private ManagedObjects managed = ManagedObjects.none();
    private final String[] tables = new String[ASKED];
    private int next;

    /** For the harness. */
    public PredicateBenchmark() {}

    /** Half of what is asked for is there. */
    @Setup
    public void setUp() {
        List<ManagedObject> list = new ArrayList<>();
        for (int i = 0; i < objects / 2; i++) {
            list.add(new ManagedObject(Kind.TABLE, "public", "t" + i, null, "v" + i, Reason.STORE));
            list.add(new ManagedObject(Kind.COLUMN, "public", "embedding", "t" + i, "v" + i, Reason.STORE));
        }
        managed = ManagedObjects.of(list);
        for (int i = 0; i < ASKED; i++) {
            tables[i] = (i % 2 == 0 ? "t" : "user_table_") + (i * 31 % (objects / 2));
        }
    }

    /**
     * A table.
     *
     * @return whether it is pgai's
     */
    @Benchmark
    public boolean table() {
        return managed.contains(Kind.TABLE, "public", tables[next++ & (ASKED - 1)]);
    }

    /**
     * A column of one.
     *
     * @return whether it is pgai's
     */
    @Benchmark
    public boolean column() {
        return managed.contains(Kind.COLUMN, "public", "chunk", tables[next++ & (ASKED - 1)]);
    }
}
