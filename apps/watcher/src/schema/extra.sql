-- The indexes of the target schema that Drizzle has no words for: it knows no INCLUDE.

CREATE UNIQUE INDEX ux_address_type_name_include ON address_type (name) INCLUDE (id);
CREATE UNIQUE INDEX ux_pipeline_type_name_include ON pipeline_type (name) INCLUDE (id);
CREATE UNIQUE INDEX ux_address_name_include ON address (name) INCLUDE (id);
CREATE UNIQUE INDEX ux_pipeline_name_include ON pipeline (name) INCLUDE (load_lineage, active, id);
CREATE INDEX ix_pipeline_pipeline_type_id_include ON pipeline (pipeline_type_id) INCLUDE (id);

CREATE INDEX ix_address_lineage_closure_depth_source_include
  ON address_lineage_closure (source_address_id, depth) INCLUDE (target_address_id, lineage_path);
CREATE INDEX ix_address_lineage_closure_depth_target_include
  ON address_lineage_closure (target_address_id, depth) INCLUDE (source_address_id, lineage_path);

CREATE INDEX ix_anomaly_detection_rule_pipeline_id_include
  ON anomaly_detection_rule (pipeline_id, active) INCLUDE (id);
CREATE UNIQUE INDEX ux_anomaly_detection_rule_composite_key_include
  ON anomaly_detection_rule (pipeline_id, metric_field) INCLUDE (id);

CREATE INDEX ix_pipeline_execution_date_recorded_seek
  ON pipeline_execution (date_recorded, pipeline_id) INCLUDE (id);
CREATE INDEX ix_pipeline_execution_start_date
  ON pipeline_execution (start_date) INCLUDE (id);
CREATE INDEX ix_pipeline_execution_hour_recorded
  ON pipeline_execution (pipeline_id, hour_recorded, end_date) INCLUDE (completed_successfully, id)
  WHERE end_date IS NOT NULL;

CREATE INDEX ix_pipeline_execution_closure_depth_parent_include
  ON pipeline_execution_closure (parent_execution_id, depth) INCLUDE (child_execution_id);
CREATE INDEX ix_pipeline_execution_closure_depth_child_include
  ON pipeline_execution_closure (child_execution_id, depth) INCLUDE (parent_execution_id);
