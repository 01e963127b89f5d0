"""The tables of the bridge, in SQL because Django cannot say partitions, triggers and fill factors."""

from django.db import migrations

EVENT_LOG = """
CREATE TABLE messaging_stream (
    topic text COLLATE "C" NOT NULL,
    aggregate_id text COLLATE "C" NOT NULL,
    version integer NOT NULL,
    head_hash bytea NOT NULL,
    PRIMARY KEY (topic, aggregate_id)
) WITH (fillfactor = 70);

CREATE TABLE messaging_event (
    id bigint GENERATED ALWAYS AS IDENTITY (CACHE 1),
    recorded_at timestamptz NOT NULL,
    event_id uuid NOT NULL,
    version integer NOT NULL CONSTRAINT messaging_event_version_counts_from_one CHECK (version > 0),
    published boolean NOT NULL,
    topic text COLLATE "C" NOT NULL,
    aggregate_id text COLLATE "C" NOT NULL,
    type text COLLATE "C" NOT NULL,
    schema_fp text COLLATE "C" NOT NULL,
    actor text COLLATE "C" NOT NULL,
    why text NOT NULL,
    correlation_id text COLLATE "C" NOT NULL,
    causation_id text COLLATE "C",
    traceparent text COLLATE "C",
    data bytea NOT NULL,
    hash bytea NOT NULL,
    PRIMARY KEY (id, recorded_at)
) PARTITION BY RANGE (recorded_at);

CREATE INDEX messaging_event_stream ON messaging_event (aggregate_id, topic, version);
CREATE INDEX messaging_event_event_id ON messaging_event (event_id);
CREATE INDEX messaging_event_staff ON messaging_event (actor, id) WHERE actor >= 'staff:' AND actor < 'staff;';
CREATE INDEX messaging_event_correlation ON messaging_event (correlation_id);
CREATE INDEX messaging_event_causation ON messaging_event (causation_id) WHERE causation_id IS NOT NULL;
CREATE TABLE messaging_event_default PARTITION OF messaging_event DEFAULT;

CREATE FUNCTION messaging_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the event log is append-only: % on % refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER messaging_event_no_change BEFORE UPDATE OR DELETE ON messaging_event
    FOR EACH ROW EXECUTE FUNCTION messaging_refuse_change();
CREATE TRIGGER messaging_event_no_statement BEFORE UPDATE OR DELETE OR TRUNCATE ON messaging_event
    FOR EACH STATEMENT EXECUTE FUNCTION messaging_refuse_change();
CREATE TRIGGER messaging_event_no_truncate BEFORE TRUNCATE ON messaging_event_default
    FOR EACH STATEMENT EXECUTE FUNCTION messaging_refuse_change();
"""

OUTBOX = """
CREATE TABLE messaging_outbox (
    id bigint PRIMARY KEY,
    recorded_at timestamptz NOT NULL,
    size integer NOT NULL,
    topic text COLLATE "C" NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, vacuum_truncate = off);

CREATE TABLE messaging_unsendable (
    id bigint PRIMARY KEY,
    recorded_at timestamptz NOT NULL,
    size integer NOT NULL,
    topic text COLLATE "C" NOT NULL,
    aggregate_id text COLLATE "C" NOT NULL,
    error text NOT NULL,
    since timestamptz NOT NULL
);
CREATE INDEX messaging_unsendable_stream ON messaging_unsendable (topic, aggregate_id);

CREATE TABLE messaging_schema_registration (
    subject text COLLATE "C" NOT NULL,
    fingerprint text COLLATE "C" NOT NULL,
    registry_id integer NOT NULL,
    registered_at timestamptz NOT NULL,
    PRIMARY KEY (subject, fingerprint)
);
"""

INBOX = """
CREATE TABLE messaging_inbox (
    event_id uuid PRIMARY KEY
) PARTITION BY RANGE (event_id);
CREATE TABLE messaging_inbox_default PARTITION OF messaging_inbox DEFAULT;

CREATE TABLE messaging_inbox_stream (
    topic text COLLATE "C" NOT NULL,
    aggregate_id text COLLATE "C" NOT NULL,
    version integer NOT NULL,
    PRIMARY KEY (topic, aggregate_id)
) WITH (fillfactor = 70);

CREATE TABLE messaging_consumer_offset (
    topic text COLLATE "C" NOT NULL,
    partition_number integer NOT NULL,
    next_offset bigint NOT NULL,
    end_offset bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (topic, partition_number)
) WITH (fillfactor = 50);

CREATE TABLE messaging_consumed_topic (
    topic text COLLATE "C" PRIMARY KEY,
    is_present boolean NOT NULL,
    broker_topic_id text NOT NULL DEFAULT '',
    alarm text NOT NULL DEFAULT '',
    alarmed_at timestamptz
);

CREATE TABLE messaging_stalled_key (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    topic text COLLATE "C" NOT NULL,
    aggregate_id text COLLATE "C" NOT NULL,
    state text NOT NULL CONSTRAINT messaging_stalled_key_waits_or_is_parked CHECK (state IN ('waiting', 'parked')),
    reason text NOT NULL,
    since timestamptz NOT NULL,
    next_try_at timestamptz,
    tries integer NOT NULL DEFAULT 0,
    alarmed boolean NOT NULL DEFAULT false,
    awaits_topic text COLLATE "C",
    awaits_aggregate_id text COLLATE "C",
    awaits_version integer,
    error_class text NOT NULL DEFAULT '',
    error text NOT NULL DEFAULT '',
    traceback text NOT NULL DEFAULT '',
    CONSTRAINT messaging_stalled_key_one_per_key UNIQUE (topic, aggregate_id),
    CONSTRAINT messaging_stalled_key_waiting_is_tried_again CHECK ((state = 'waiting') = (next_try_at IS NOT NULL))
);
CREATE INDEX messaging_stalled_key_due ON messaging_stalled_key (next_try_at) WHERE state = 'waiting';
CREATE INDEX messaging_stalled_key_awaits ON messaging_stalled_key (awaits_topic, awaits_aggregate_id)
    WHERE awaits_topic IS NOT NULL;

CREATE TABLE messaging_stalled_message (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    topic text COLLATE "C" NOT NULL,
    aggregate_id text COLLATE "C" NOT NULL,
    version integer,
    event_id uuid,
    type text NOT NULL,
    partition_number integer NOT NULL,
    record_offset bigint NOT NULL,
    headers text NOT NULL,
    key bytea,
    value bytea,
    stalled_at timestamptz NOT NULL,
    CONSTRAINT messaging_stalled_message_once UNIQUE (topic, aggregate_id, event_id)
);
CREATE INDEX messaging_stalled_message_line ON messaging_stalled_message (topic, aggregate_id, id);
CREATE INDEX messaging_stalled_message_version ON messaging_stalled_message (topic, aggregate_id, version);
"""

PARTITIONS = """
CREATE FUNCTION messaging_keep_partitions(days_ahead integer, inbox_days_kept integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET lock_timeout = '2s' AS $$
DECLARE
    today date := (now() AT TIME ZONE 'UTC')::date;
    first date;
    name text;
    made integer := 0;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('messaging_keep_partitions'));

    first := date_trunc('month', today)::date;
    WHILE first <= today + days_ahead LOOP
        made := made + messaging_make_partition('messaging_event', to_char(first, '"messaging_event_"YYYY_MM'),
            quote_literal(first || ' 00:00:00+00'),
            quote_literal((first + interval '1 month')::date || ' 00:00:00+00'));
        first := first + interval '1 month';
    END LOOP;

    first := today - inbox_days_kept;
    WHILE first <= today + days_ahead LOOP
        made := made + messaging_make_partition('messaging_inbox', to_char(first, '"messaging_inbox_"YYYY_MM_DD'),
            quote_literal(messaging_first_uuid7(first)), quote_literal(messaging_first_uuid7(first + 1)));
        first := first + 1;
    END LOOP;

    FOR name IN SELECT relname FROM pg_class JOIN pg_inherits ON inhrelid = pg_class.oid
        WHERE inhparent = 'messaging_inbox'::regclass AND relname ~ '_\\d{4}_\\d\\d_\\d\\d$'
        AND to_date(right(relname, 10), 'YYYY_MM_DD') < today - inbox_days_kept
    LOOP
        EXECUTE format('DROP TABLE %I', name);
    END LOOP;
    RETURN made;
END $$;

CREATE FUNCTION messaging_first_uuid7(day date) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
    SELECT rpad(lpad(to_hex((extract(epoch FROM day::timestamp) * 1000)::bigint), 12, '0'), 32, '0')::uuid
$$;

CREATE FUNCTION messaging_make_partition(parent text, name text, lower_bound text, upper_bound text) RETURNS integer
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    grantee text;
BEGIN
    IF to_regclass(name) IS NOT NULL THEN
        RETURN 0;
    END IF;
    -- Made aside and attached: ATTACH lets writers go on, PARTITION OF would stop them.
    EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', name, parent);
    FOR grantee IN SELECT DISTINCT rolname
        FROM pg_class, aclexplode(relacl) AS entry JOIN pg_roles ON pg_roles.oid = entry.grantee
        WHERE pg_class.oid = name::regclass AND rolname <> current_user
    LOOP
        EXECUTE format('REVOKE ALL ON %I FROM %I', name, grantee);
    END LOOP;
    EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%s) TO (%s)',
        parent, name, lower_bound, upper_bound);
    IF parent = 'messaging_event' THEN
        EXECUTE format('CREATE TRIGGER messaging_event_no_truncate BEFORE TRUNCATE ON %I '
            'FOR EACH STATEMENT EXECUTE FUNCTION messaging_refuse_change()', name);
    END IF;
    RETURN 1;
EXCEPTION WHEN check_violation OR lock_not_available THEN
    -- The default partition holds rows of that time, or a long transaction is in the way: rows go to the
    -- default partition, which raises the alarm, and tomorrow is another try.
    RAISE WARNING 'partition % not made: %', name, SQLERRM;
    RETURN 0;
END $$;

REVOKE ALL ON FUNCTION messaging_keep_partitions(integer, integer) FROM PUBLIC;
REVOKE ALL ON FUNCTION messaging_make_partition(text, text, text, text) FROM PUBLIC;
SELECT messaging_keep_partitions(60, 14);
"""

DROP = """
DROP TABLE messaging_stalled_message, messaging_stalled_key, messaging_consumed_topic, messaging_consumer_offset,
    messaging_inbox_stream, messaging_inbox, messaging_schema_registration, messaging_unsendable, messaging_outbox,
    messaging_event, messaging_stream;
DROP FUNCTION messaging_keep_partitions(integer, integer), messaging_make_partition(text, text, text, text),
    messaging_first_uuid7(date), messaging_refuse_change();
"""


class Migration(migrations.Migration):
    initial = True
    operations = [migrations.RunSQL([EVENT_LOG, OUTBOX, INBOX, PARTITIONS], [DROP])]
