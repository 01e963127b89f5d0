"""Make the ledger append-only, and the numbers of stock items its projection, in the database itself."""

from django.db import migrations

# A statement trigger with a transition table: one UPDATE per INSERT of movements, however many they are. The
# runtime role may not touch the numbers; the function does it with the rights of the tables' owner.
PROJECTION = """
CREATE FUNCTION inventory_move_numbers() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    items integer;
    wanted integer;
BEGIN
    UPDATE inventory_stockitem AS item
    SET on_hand = item.on_hand + moved.on_hand,
        reserved = item.reserved + moved.reserved,
        allocated = item.allocated + moved.allocated,
        dispatched = item.dispatched + moved.dispatched
    FROM (
        SELECT stock_item_id, sum(on_hand)::int AS on_hand, sum(reserved)::int AS reserved,
               sum(allocated)::int AS allocated, sum(dispatched)::int AS dispatched
        FROM written GROUP BY stock_item_id
    ) AS moved
    WHERE item.id = moved.stock_item_id;
    GET DIAGNOSTICS items = ROW_COUNT;
    SELECT count(DISTINCT stock_item_id) INTO wanted FROM written;
    IF items <> wanted THEN
        RAISE EXCEPTION 'a movement of a stock item that does not exist'
            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'movement_of_a_stock_item';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER movements_move_numbers AFTER INSERT ON inventory_movement
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION inventory_move_numbers();
"""

ONLY_MOVEMENTS = """
CREATE FUNCTION inventory_refuse_numbers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Depth 1 is a statement of somebody; the ledger's own trigger comes at depth 2.
    IF pg_trigger_depth() > 1 THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the numbers of a stock item change by movements only'
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'numbers_change_by_movements_only';
END $$;
CREATE TRIGGER numbers_change_by_movements_only BEFORE UPDATE ON inventory_stockitem FOR EACH ROW
    WHEN ((OLD.on_hand, OLD.reserved, OLD.allocated, OLD.dispatched)
          IS DISTINCT FROM (NEW.on_hand, NEW.reserved, NEW.allocated, NEW.dispatched))
    EXECUTE FUNCTION inventory_refuse_numbers();
CREATE TRIGGER numbers_begin_at_zero BEFORE INSERT ON inventory_stockitem FOR EACH ROW
    WHEN ((NEW.on_hand, NEW.reserved, NEW.allocated, NEW.dispatched) IS DISTINCT FROM (0, 0, 0, 0))
    EXECUTE FUNCTION inventory_refuse_numbers();
ALTER TABLE inventory_stockitem SET (fillfactor = 70);
"""

APPEND_ONLY = """
CREATE FUNCTION inventory_refuse_ledger_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the stock ledger is append-only: % refused', TG_OP
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'ledger_is_append_only';
END $$;
CREATE TRIGGER stock_items_stay BEFORE DELETE OR TRUNCATE ON inventory_stockitem
    FOR EACH STATEMENT EXECUTE FUNCTION inventory_refuse_ledger_change();
CREATE TRIGGER ledger_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON inventory_movement
    FOR EACH STATEMENT EXECUTE FUNCTION inventory_refuse_ledger_change();
"""

UNDO = """
DROP TRIGGER stock_items_stay ON inventory_stockitem;
DROP TRIGGER ledger_is_append_only ON inventory_movement;
DROP TRIGGER numbers_begin_at_zero ON inventory_stockitem;
DROP TRIGGER numbers_change_by_movements_only ON inventory_stockitem;
DROP TRIGGER movements_move_numbers ON inventory_movement;
DROP FUNCTION inventory_refuse_ledger_change(), inventory_refuse_numbers(), inventory_move_numbers();
"""


class Migration(migrations.Migration):
    dependencies = [("inventory", "0001_stock")]
    operations = [migrations.RunSQL([PROJECTION, ONLY_MOVEMENTS, APPEND_ONLY], [UNDO])]
