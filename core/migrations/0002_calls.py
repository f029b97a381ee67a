from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Call',
            fields=[
                ('task', models.CharField(max_length=100, primary_key=True, serialize=False)),
                ('asked_at', models.DateTimeField(null=True)),
            ],
        ),
    ]
