{# The columns that every unified table ends with, for a row that is no child of another: when its
   resource was last read whole, and whether Workable still has it. The two macros go together; the
   relation's alias is given to the joins. `created_at` and `updated_at` are the model's own. #}
{% macro hris_lifecycle_columns() -%}
sync.synced_at,
tombstone.deleted_at is not null as is_deleted,
tombstone.deleted_at
{%- endmacro %}

{% macro hris_lifecycle_joins(alias, resource, id) -%}
left join {{ ref('int_workable__syncs_latest') }} as sync
    on {{ alias }}.account = sync.account and sync.resource = '{{ resource }}'
left join {{ ref('int_workable__tombstones_current') }} as tombstone
    on
        {{ alias }}.account = tombstone.account
        and tombstone.resource = '{{ resource }}'
        and {{ alias }}.{{ id }} = tombstone.record_id
{%- endmacro %}
