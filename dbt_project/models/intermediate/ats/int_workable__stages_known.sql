-- Stages are shared by pipelines, so a stage of a job that a candidate has left is found by its id.
{{ stages_of_one_kind('stage_id') }}
