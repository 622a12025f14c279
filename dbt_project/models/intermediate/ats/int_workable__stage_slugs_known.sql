-- Where each job has stages of its own, and in a job's stream, no id tells of a stage that is in no
-- pipeline of the candidate any more.
{{ stages_of_one_kind('slug') }}
