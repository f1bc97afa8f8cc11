package dev.pgai.contract.hibernate;

import dev.pgai.managed.ManagedByPgai;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.Table;

/** Entities that inherit the mark, and others that do not. */
final class Inheritance {

    private Inheritance() {}

    /** Has nothing but the mark. */
    @MappedSuperclass
    @ManagedByPgai
    abstract static class Marked {}

    @MappedSuperclass
    abstract static class WithKey extends Marked {

        @Id
        int id;
    }

    @Entity
    @Table(name = "of_superclass_of_that")
    static class OfSuperclassOfThat extends WithKey {}

    @Entity
    @Table(name = "of_marked_superclass")
    static class OfMarkedSuperclass extends Marked {

        @Id
        int id;
    }

    @Entity
    @ManagedByPgai
    @Table(name = "joined")
    @jakarta.persistence.Inheritance(strategy = InheritanceType.JOINED)
    static class Joined {

        @Id
        int id;
    }

    @Entity
    @Table(name = "joined_part")
    static class JoinedPart extends Joined {

        int more;
    }

    @Entity
    @ManagedByPgai
    @Table(name = "single")
    static class Single {

        @Id
        int id;
    }

    @Entity
    static class SinglePart extends Single {

        int more;
    }

    @Entity
    @ManagedByPgai
    @Table(name = "each_table")
    @jakarta.persistence.Inheritance(strategy = InheritanceType.TABLE_PER_CLASS)
    static class EachTable {

        @Id
        int id;
    }

    @Entity
    @Table(name = "each_table_part")
    static class EachTablePart extends EachTable {

        int more;
    }
}
