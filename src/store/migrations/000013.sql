-- Labels of classification: a value per class in place of a mask; and the layouts that bring them.

alter table imports drop constraint imports_layout_check;
alter table imports add constraint imports_layout_check check (layout in ('kvasir-seg', 'index-masks', 'coco-instances',
  'coco-panoptic', 'nifti', 'class-folders', 'class-csv', 'npz', 'dicom'));

-- True: exactly one class per item. False: any number of them. Null: segmentation.
alter table label_schemas add column exclusive boolean;
alter table label_schemas add constraint label_schemas_exclusive_check
  check ((task = 'classification') = (exclusive is not null) and (exclusive is not true or cardinality(classes) >= 2));
alter table label_schemas drop constraint label_schemas_team_id_dataset_id_task_classes_key;
alter table label_schemas add unique nulls not distinct (team_id, dataset_id, task, classes, exclusive);

-- Per class of the schema: 1 present, 0 absent, null not known. An array compared with null elements is not false.
alter table annotations add column class_values smallint[]
  check (cardinality(class_values) >= 1 and 0 <= all (class_values) and 1 >= all (class_values));
alter table annotations alter column mask_sha256 drop not null;
-- Which of the two, the schema's task says; region_pixels and components are empty where there is no mask.
alter table annotations add constraint annotations_one_label_check check (num_nonnulls(mask_sha256, class_values) = 1);
