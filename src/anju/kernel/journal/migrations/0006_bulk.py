from pathlib import Path

from django.db import migrations, models

from anju.kernel.database.operations import protect, sql_file


class Migration(migrations.Migration):

    dependencies = [
        ('journal', '0005_fewer_indexes'),
    ]

    operations = [
        migrations.CreateModel(
            name='BulkChange',
            fields=[
                ('id', models.BigIntegerField(help_text='From the sequence of journal_change.', primary_key=True, serialize=False)),
                ('entry_id', models.BigIntegerField(null=True, verbose_name='动作')),
                ('transaction', models.BigIntegerField(verbose_name='事务号')),
                ('table', models.CharField(max_length=63, verbose_name='表')),
                ('primary_key', models.CharField(max_length=63)),
                ('row_first', models.BigIntegerField(verbose_name='首行')),
                ('row_last', models.BigIntegerField(verbose_name='末行')),
                ('rows', models.PositiveIntegerField(verbose_name='行数')),
                ('images', models.TextField(help_text='JSON: column to the array of its values.')),
                ('region_code', models.CharField(blank=True, max_length=12, null=True)),
                ('bureau_id', models.BigIntegerField(null=True)),
            ],
            options={
                'verbose_name': '批量新增',
                'db_table': 'journal_bulk',
                'indexes': [
                    models.Index(fields=['table', 'row_first'], name='bulk_by_row'),
                    models.Index(fields=['transaction', 'id'], name='bulk_by_transaction'),
                    models.Index(fields=['entry_id', 'id'], name='bulk_by_entry'),
                ],
            },
        ),
        sql_file(Path(__file__).with_name("bulk.sql")),
        protect("journal_bulk"),
    ]
